"""The sliding filter: one scene of plain data, drawn by matplotlib, by the browser and into files."""

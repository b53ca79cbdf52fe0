"""A script full of comments, quotes and regular expressions, for whatever takes scripts apart."""

QUOTED = r"""
const a = "// not a comment", b = 'it\'s /* not */ one';   // a comment
const c = `// kept
    kept too ${ d /* gone? */ + `inner // ${ { e: "}" }.e } ` } and // this
  `;
/* several
   lines */ const f = 1;
const g = /[/"'`]\/\/+/.test(a) / 2 / b;   // "quoted"
if (h) return /`/g;
"""

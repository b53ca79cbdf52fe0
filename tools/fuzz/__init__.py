"""Call everything that cnnlib offers with arguments that are nearly right, and report what answers badly."""

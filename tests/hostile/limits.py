"""What any one file may cost (issue 3): processor time of its check, and memory above an idle check."""

CPU_SECONDS = 2.0
MEGABYTES = 200

"""What a careful reader would notice in the texts: each check sees one text at a time."""

"""The sites of staff and partners: their pages, the shell around them, their search, and a scan of what was written."""

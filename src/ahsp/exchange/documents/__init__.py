"""Documents out: workbook, PDF and JSON of one priced estimate, the same one that the page shows. No Django."""

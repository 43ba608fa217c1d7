"""The workbook (XLSX): one module a sheet, live formulas with the values of the estimate as cached results."""

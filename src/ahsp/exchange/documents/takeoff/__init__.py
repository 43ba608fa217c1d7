"""The back-up volume document: what every quantity of a bill is calculated from, as XLSX and PDF."""

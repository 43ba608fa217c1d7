"""Line icons on a 16 x 16 grid, drawn for this application."""

ICONS = {
    "alert": '<path d="M8 2.5 14.5 13.5h-13z"/><path d="M8 6.5v3.25M8 11.6v.15"/>',
    "arrow-left": '<path d="M13 8H3.5M7 4 3 8l4 4"/>',
    "arrow-right": '<path d="M3 8h9.5M9 4l4 4-4 4"/>',
    "book": '<path d="M8 4C6.5 2.9 4.5 2.5 2 2.5v10c2.5 0 4.5.4 6 1.5 1.5-1.1 3.5-1.5 6-1.5v-10c-2.5 0-4.5.4-6 1.5zM8 4v10"/>',
    "chart": '<path d="M2.5 13.5h11M4.5 11V7.5M8 11V3M11.5 11V5.5"/>',
    "check": '<path d="m3 8.5 3.25 3.25L13 5"/>',
    "chevron-down": '<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>',
    "chevron-right": '<path d="m6.5 4.5 3.5 3.5-3.5 3.5"/>',
    "close": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "contrast": '<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor"/>',
    "copy": '<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 3v-.5H4A1.5 1.5 0 0 0 2.5 4v6.5H3"/>',
    "document": '<path d="M9.5 2H4.5A1 1 0 0 0 3.5 3v10a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V5zM9.5 2v3h3M6 8.5h4M6 11h4"/>',
    "download": '<path d="M8 2.5V10M4.75 7 8 10.25 11.25 7M2.5 13.5h11"/>',
    "filter": '<path d="M2.5 3.5h11L9.5 8.5v4.5l-3-1.5v-3z"/>',
    "folder": '<path d="M2 12.5v-9h4l1.5 2H14v7z"/>',
    "gear": '<circle cx="8" cy="8" r="2"/><path d="M8 1.75v2M8 12.25v2M1.75 8h2M12.25 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4"/>',
    "grid": '<rect x="2.5" y="2.5" width="11" height="11" rx="1"/><path d="M2.5 6h11M2.5 9.75h11M6.5 6v7.5"/>',
    "info": '<circle cx="8" cy="8" r="5.75"/><path d="M8 7.25V11M8 5v.15"/>',
    "keyboard": '<rect x="1.5" y="4" width="13" height="8.5" rx="1.5"/><path d="M4 6.75h.1M6.6 6.75h.1M9.3 6.75h.1M12 6.75h.1M5 9.75h6"/>',
    "language": '<circle cx="8" cy="8" r="5.75"/><path d="M2.25 8h11.5M8 2.25c2 1.8 2.6 3.6 2.6 5.75S10 12 8 13.75C6 12 5.4 10.15 5.4 8S6 4.05 8 2.25z"/>',
    "moon": '<path d="M13 9.75A5.5 5.5 0 0 1 6.25 3a5.5 5.5 0 1 0 6.75 6.75z"/>',
    "panel": '<rect x="2" y="2.75" width="12" height="10.5" rx="1.25"/><path d="M9.75 2.75v10.5"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "print": '<path d="M4.5 6V2.5h7V6M4.5 11.5H3A1 1 0 0 1 2 10.5V7a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v3.5a1 1 0 0 1-1 1h-1.5M4.5 9.5h7v4h-7z"/>',
    "search": '<circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.25 3.25"/>',
    "sign-out": '<path d="M6 2.5H3.5a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1H6M7 8h6.5M10.5 5l3 3-3 3"/>',
    "sun": '<circle cx="8" cy="8" r="2.75"/><path d="M8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9"/>',
    "trace": '<circle cx="3.5" cy="3.5" r="1.75"/><circle cx="12.5" cy="12.5" r="1.75"/><path d="M5.25 3.5H9A2.25 2.25 0 0 1 9 8H7a2.25 2.25 0 0 0 0 4.5h3.75"/>',
    "tree": '<path d="M3 3h4M3 8h10M3 13h7"/>',
    "unfold": '<path d="m5 6 3-3 3 3M5 10l3 3 3-3"/>',
    "fold": '<path d="m5 2.5 3 3 3-3M5 13.5l3-3 3 3"/>',
    "upload": '<path d="M8 10.5V3M4.75 6.25 8 3l3.25 3.25M2.5 13.5h11"/>',
    "user": '<circle cx="8" cy="5.25" r="2.75"/><path d="M2.75 13.75c.6-2.7 2.6-4 5.25-4s4.65 1.3 5.25 4"/>',
}

# A state's shape: full, half, empty. The word stands beside it.
SHAPES = {
    "PRICED": '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
    "PARTIAL": (
        '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        '<path d="M6 1.75a4.25 4.25 0 0 0 0 8.5z" fill="currentColor"/>'
    ),
    "UNPRICED": '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5"/>',
}

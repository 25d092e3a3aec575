//! Lists that are written to files.

texts! {
    TITLE "Export" "Export";
    LEAD "Writes everything that the list is asked to a file, not only the page that is shown." "Schreibt alles, was die Liste gefragt ist, in eine Datei, nicht nur die gezeigte Seite.";
    COUNT "{count} match now." "{count} Treffer im Moment.";
    FORMAT "Format" "Format";
    CSV "CSV: for spreadsheets" "CSV: für Tabellen";
    JSON "JSON: everything the API says of each" "JSON: alles, was die API von jeder sagt";
    COLUMNS "Columns of a CSV file: ID, {columns}" "Spalten einer CSV-Datei: ID, {columns}";
    WRITE "Write the file" "Datei schreiben";
    WRITING "The file is being written. It goes on when you leave this page." "Die Datei wird geschrieben. Es geht weiter, auch wenn diese Seite verlassen wird.";
    READY "{rows} rows, {size} bytes. The file is there until {time}." "{rows} Zeilen, {size} Byte. Die Datei bleibt bis {time}.";
    DOWNLOAD "Download" "Herunterladen";
    COPY "Copy to clipboard" "In die Zwischenablage";
    COPY_TOO_LARGE "Files of more than {size} bytes are too large for the clipboard: download this one." "Dateien über {size} Byte sind zu groß für die Zwischenablage: diese herunterladen.";
    OVER "The file is not there any more: files are kept for a day. Export the list again." "Die Datei ist nicht mehr da: Dateien bleiben einen Tag. Die Liste erneut exportieren.";
    FAILED "The file could not be written:" "Die Datei konnte nicht geschrieben werden:";
    TO_LIST "Back to the list" "Zurück zur Liste";
}

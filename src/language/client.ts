/** The editor's end of the language server; loaded with the first file of its kind. */
export {};

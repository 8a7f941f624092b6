/** What the extension loads when the first page is opened. */
export {};

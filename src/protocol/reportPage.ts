/** What the page round an HTML report says to the extension; a report can forge none of it but `link`. */
export type ReportSays =
  | { readonly report: 'ready' | 'toggle' | 'text' | 'download' }
  /** Somebody clicked on a link. */
  | { readonly report: 'link'; readonly address: string };

/** What the extension says to the page: the file, or why there is none. */
export type ReportGets =
  | { readonly report: 'content'; readonly bytes: Uint8Array }
  | { readonly report: 'failed'; readonly sentence: string; readonly canDownload: boolean };

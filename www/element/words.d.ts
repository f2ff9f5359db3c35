/** What tools/words.js makes of the locales. */
declare module 'words:parts' {
  const parts: Record<string, Record<string, () => Promise<{ default: import('../lib/i18n.js').Dictionary }>>>;
  export default parts;
}
declare module 'words:*' {
  const words: import('../lib/i18n.js').Dictionary;
  export default words;
}

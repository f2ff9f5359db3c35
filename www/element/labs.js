/** The labs there are, by the names of their stages' files. */
export const LABS = Object.keys(import.meta.glob('../labs/*.js')).map((path) => path.replace(/^.*\/|\.js$/g, ''));

/** The version of the toolkit; part of every fingerprint, because another version may draw or compute otherwise. */
export const VERSION: string = "0.1.0";

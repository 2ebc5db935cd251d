/** A word as a POSIX shell takes it back unchanged: in single quotes where it needs them. */
export function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

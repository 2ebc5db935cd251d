/** A study name as the name of a folder: letters, digits, dots, dashes and underscores. */
export function folderName(name: string): string {
  const text = name
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, 80);
  return text === "" ? "study" : text;
}

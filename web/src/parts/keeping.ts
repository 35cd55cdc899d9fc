/** Handing something to whoever reads the page as a file to keep. */

export function keep(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Return rows as the lines of a file: separated by commas, what has a comma or a quote in quotes. */
export function linesOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const safe = (text: string) => (/^[=+\-@\t]/.test(text) ? `'${text}` : text); // no formula for a spreadsheet
  return rows.map((row) => row.map((each) => cell(safe(each))).join(",")).join("\r\n");
}

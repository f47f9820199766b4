/** Gives the person a file to keep. */
export function saveAs(name: string, type: string, contents: BlobPart): void {
  const address = URL.createObjectURL(new Blob([contents], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Gives the person a file to keep. */
import { host, reaching } from "./connection.ts";

/** The plug's page for life. */
export async function saveCertificate(plug: string, virtual: boolean): Promise<void> {
  const html = await reaching(() => host().certificate(plug, virtual));
  if (html !== undefined) saveAs(`plug-${plug}.html`, "text/html", html);
}

function saveAs(name: string, type: string, contents: BlobPart): void {
  const address = URL.createObjectURL(new Blob([contents], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

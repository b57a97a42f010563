/** Files on their way between the person's computer and the vault. */

/** The most that one attachment may be, as native-host/docs/protocol.md says. In bytes. */
export const maxBytes = 16 << 20;

/** Reads a file whole. Returns its base64. Throws the browser's error if it cannot be read. */
export async function base64Of(file: Blob): Promise<string> {
  const reader = new FileReader();
  const url = await new Promise<string>((resolve, reject) => {
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error("the file cannot be read"));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}

/** Gives bytes to the browser's downloads under a name. */
export function download(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Kept for as long as the page: the browser may ask where to put the file first.
  addEventListener("pagehide", () => URL.revokeObjectURL(url), { once: true });
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length and name of the first chunk, which must be the header. */
const header = [0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const smallest = 57;

/** True for bytes that begin as a PNG file does and could hold a picture. */
export function isPng(bytes: Uint8Array): boolean {
  return bytes.byteLength >= smallest && [...signature, ...header].every((byte, at) => bytes[at] === byte);
}

/** Width and height that a PNG file says it has. */
export function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

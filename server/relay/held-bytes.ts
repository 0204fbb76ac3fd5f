/** Memory of a frame beside its bytes: objects, header, buffer. Without it empty frames would cost nothing. */
const frameOverheadBytes = 256;

/** What a frame counts against the bounds of what is kept. */
export const heldBytes = (bytes: Uint8Array): number => bytes.length + frameOverheadBytes;

/** Kinds of files that may be stored: ending, media type, and how their bytes begin. */
interface FileType {
  endings: readonly string[];
  mediaType: string;
  begins(bytes: Buffer): boolean;
}

const starts = (...signature: number[]) => (bytes: Buffer): boolean => signature.every((byte, index) => bytes[index] === byte);
/** A zip whose first entries name the Office part. */
const office = (folder: string) => (bytes: Buffer): boolean => starts(0x50, 0x4b, 0x03, 0x04)(bytes) && bytes.includes('[Content_Types].xml') && bytes.includes(folder);

const types: readonly FileType[] = [
  { endings: ['pdf'], mediaType: 'application/pdf', begins: (bytes) => bytes.subarray(0, 5).toString('latin1') === '%PDF-' },
  { endings: ['jpg', 'jpeg'], mediaType: 'image/jpeg', begins: starts(0xff, 0xd8, 0xff) },
  { endings: ['png'], mediaType: 'image/png', begins: starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { endings: ['docx'], mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', begins: office('word/') },
  { endings: ['xlsx'], mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', begins: office('xl/') },
  { endings: ['mp3'], mediaType: 'audio/mpeg', begins: (bytes) => bytes.subarray(0, 3).toString('latin1') === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0) },
  { endings: ['mp4'], mediaType: 'video/mp4', begins: (bytes) => bytes.subarray(4, 8).toString('latin1') === 'ftyp' },
];

/** Media type of a file that may be stored, judged by its ending and its bytes; null for all others. */
export function mediaTypeOf(name: string, bytes: Buffer): string | null {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const type = types.find((each) => each.endings.includes(ending));
  return type !== undefined && type.begins(bytes) ? type.mediaType : null;
}

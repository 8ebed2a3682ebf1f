import { UploadOutlined } from '@ant-design/icons';

/** A file somebody chose, read as text. */
export interface ChosenFile {
  name: string;
  text: string;
}

interface FileChoiceProps {
  /** What the button says. */
  label: string;
  /** Endings and media types that are offered, as in the `accept` of an input. */
  accept: string;
  /** Told of each file chosen once it has been read; the same file may be chosen again. */
  onChoose: (file: ChosenFile) => void;
}

/** A button that lets a person choose one text file of their machine, with the keyboard too. */
export function FileChoice({ label, accept, onChoose }: FileChoiceProps) {
  const read = async (file: File | undefined) => {
    if (file !== undefined) onChoose({ name: file.name, text: await file.text() });
  };
  return <label className="gc-file-choice"><UploadOutlined aria-hidden /> {label}<input type="file" accept={accept} onChange={(event) => { void read(event.target.files?.[0]); event.target.value = ''; }} /></label>;
}

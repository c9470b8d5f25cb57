import { type DragEvent, type ReactNode, useId, useState } from "react";

interface Props {
  label: string;
  /** Endings and media types for the browser's own choice of files. */
  accept: string;
  onFile: (file: File) => void;
  /** What stands below: a hint, or what is wrong with the file. */
  children: ReactNode;
}

/** Takes one file by choosing or dropping. */
export function FileDrop({ label, accept, onFile, children }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);

  function take(file: File | undefined) {
    if (file) onFile(file);
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files[0]);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the file input inside does the same by keyboard
    <div
      className={over ? "drop drop-over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        onChange={(event) => take(event.target.files?.[0])}
        // The same file may be chosen again after it was changed.
        onClick={(event) => {
          event.currentTarget.value = "";
        }}
      />
      {children}
    </div>
  );
}

/** What sort of file it is, by its name: what VS Code or the extension opens it with goes by that. */
export type ArtifactKind = 'image' | 'media' | 'table' | 'page' | 'map' | 'pdf' | 'binary' | 'text';

const endings: Readonly<Record<Exclude<ArtifactKind, 'text'>, readonly string[]>> = {
  image: ['png', 'jpg', 'jpeg', 'jpe', 'gif', 'webp', 'bmp', 'ico', 'avif', 'svg'],
  media: ['mp3', 'wav', 'ogg', 'oga', 'mp4', 'webm'],
  table: ['csv', 'tsv', 'parquet'],
  page: ['html', 'htm'],
  map: ['geojson'],
  pdf: ['pdf'],
  binary: [
    ...['zip', 'gz', 'tgz', 'bz2', 'xz', 'zst', '7z', 'tar', 'whl', 'jar', 'rar'],
    ...['pkl', 'pickle', 'joblib', 'skops', 'npy', 'npz', 'h5', 'hdf5', 'feather', 'arrow', 'avro'],
    ...['pt', 'pth', 'ckpt', 'safetensors', 'onnx', 'pb', 'tflite', 'bin', 'model', 'ubj', 'gguf'],
    ...['so', 'dll', 'exe', 'dylib', 'pyc', 'db', 'sqlite', 'mov', 'mkv', 'avi', 'flac', 'm4a'],
    ...['xls', 'xlsx', 'doc', 'docx', 'ppt', 'pptx', 'tif', 'tiff', 'psd', 'ttf', 'woff', 'woff2'],
  ],
};

const kinds = new Map(
  Object.entries(endings).flatMap(([kind, all]) =>
    all.map((ending) => [ending, kind as ArtifactKind] as const),
  ),
);

/** What a file is by its name; what no ending tells is taken for text. */
export function artifactKind(path: string): ArtifactKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return (dot < 0 ? undefined : kinds.get(name.slice(dot + 1).toLowerCase())) ?? 'text';
}

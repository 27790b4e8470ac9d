export async function fileText(_bytes: Uint8Array, _fileName: string): Promise<{ media_type: string; text: string }> {
  return Promise.resolve({ media_type: 'application/octet-stream', text: '' });
}

/** A record opened beside the work (Ctrl+Enter), in the right pane. */
export function Beside() {
  return null;
}

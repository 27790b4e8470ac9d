import { useEffect, useState } from 'react';

/** Resolves when what was just shown has been drawn, with its keys. */
export const afterPicture = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });

/** False until the first picture of a component is on screen: what cannot be seen in it is drawn afterwards. */
export function useAfterPicture(): boolean {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    let timer = 0;
    const frame = requestAnimationFrame(() => (timer = window.setTimeout(() => setAfter(true))));
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return after;
}

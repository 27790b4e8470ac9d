import type { Branch } from './useTree.ts';

/** Where a key leads in a tree: the place of a node, what happens to this one, or null when it is none of its keys. */
export function treeTarget(key: string, branches: readonly Branch[], at: number, page: number): number | 'open' | 'close' | null {
  const here = branches[at];
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return branches.length - 1;
    case 'ArrowRight':
      if (!here?.children) return at;
      return here.open ? at + 1 : 'open';
    case 'ArrowLeft':
      if (here?.open && here.children) return 'close';
      return here?.parent == null ? at : branches.findIndex((one) => one.row.id === here.parent);
    default:
      return null;
  }
}

import { ChoiceEditor, ChoicesEditor, FlagEditor, UsualEditor } from './ChoiceEditor.tsx';
import { DayEditor } from './DayEditor.tsx';
import { NumberEditor } from './NumberEditor.tsx';
import { RefEditor } from './RefEditor.tsx';
import { TagsEditor } from './TagsEditor.tsx';
import { LongTextEditor, TextEditor } from './TextEditor.tsx';
import type { EditorProps } from './types.ts';

/** The editor of a field, by its kind. */
export function Editor(props: EditorProps) {
  switch (props.field.kind) {
    case 'text':
      return props.field.options ? <UsualEditor {...props} /> : <TextEditor {...props} />;
    case 'longtext':
      return props.cell ? <TextEditor {...props} /> : <LongTextEditor {...props} />;
    case 'whole':
    case 'decimal':
    case 'money':
      return <NumberEditor {...props} />;
    case 'day':
    case 'time':
      return <DayEditor {...props} />;
    case 'choice':
      return <ChoiceEditor {...props} />;
    case 'choices':
      return <ChoicesEditor {...props} />;
    case 'flag':
      return <FlagEditor {...props} />;
    case 'tags':
      return <TagsEditor {...props} />;
    case 'ref':
      return <RefEditor {...props} />;
  }
}

import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, Menu, MenuDivider, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { BookmarkMultiple20Regular, ChevronDown12Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useT } from '../../t.ts';
import { useBarStyles } from './styles.ts';

interface ViewsProps {
  readonly names: readonly string[];
  /** Name of the view that is shown, '' for none. */
  readonly current: string;
  readonly choose: (name: string) => void;
  readonly save: (name: string) => void;
  readonly remove: (name: string) => void;
}

/** Saved views: filters, order and columns under a name. */
export function ViewsButton({ names, current, choose, save, remove }: ViewsProps) {
  const styles = useBarStyles();
  const t = useT();
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Menu positioning="below-start" checkedValues={{ view: [current] }} onCheckedValueChange={(_event, data) => choose(data.checkedItems[0] ?? '')}>
        <MenuTrigger disableButtonEnhancement>
          <Button className={styles.button} appearance="subtle" icon={<BookmarkMultiple20Regular />} aria-label={`${t('parts.list.views')}: ${current || t('parts.list.allView')}`}>
            {current || t('parts.list.allView')} <ChevronDown12Regular />
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItemRadio name="view" value="">{t('parts.list.allView')}</MenuItemRadio>
            {names.map((name) => (
              <MenuItemRadio key={name} name="view" value={name}>{name}</MenuItemRadio>
            ))}
            <MenuDivider />
            <MenuItem onClick={() => setNaming(true)}>{t('parts.list.saveView')}</MenuItem>
            {current !== '' && <MenuItem onClick={() => remove(current)}>{t('parts.list.removeView', { name: current })}</MenuItem>}
          </MenuList>
        </MenuPopover>
      </Menu>
      {naming && <NameDialog name={current} close={() => setNaming(false)} save={save} />}
    </>
  );
}

function NameDialog({ name: before, close, save }: { readonly name: string; readonly close: () => void; readonly save: (name: string) => void }) {
  const t = useT();
  const [name, setName] = useState(before);
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === '') return;
            save(name.trim());
            close();
          }}
        >
          <DialogBody>
            <DialogTitle>{t('parts.list.saveView')}</DialogTitle>
            <DialogContent>
              <Field label={t('parts.list.viewName')}>
                <Input value={name} maxLength={60} autoFocus onChange={(_event, data) => setName(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>{t('common.cancel')}</Button>
              <Button appearance="primary" type="submit" disabled={name.trim() === ''}>{t('common.save')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

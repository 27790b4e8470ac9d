import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { type Action, possible, shown, useActionsNow } from '../commands.ts';
import { groupOrder } from '../frame/actions.ts';
import { showKeys, useUi } from '../state/ui.ts';
import { language, useT } from '../t.ts';

/** Every key that works now, by what it is for. From the same objects as the menus: it cannot be out of date. */
export function KeyList() {
  const t = useT();
  const actions = useActionsNow().filter((one) => (one.keys?.length ?? 0) > 0 && (one.group === 'go' || possible(one)));
  const groups = groupOrder
    .map((group) => ({ group, of: actions.filter((one) => (one.group ?? 'window') === group) }))
    .filter(({ of }) => of.length > 0);
  return (
    <div className="keys">
      {groups.map(({ group, of }) => (
        <section key={group} aria-labelledby={`keys-${group}`}>
          <h2 className="h3" id={`keys-${group}`}>
            {t(`frame.groups.${group}`)}
          </h2>
          <dl>
            {of.map((one) => (
              <Line key={one.id} action={one} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Line({ action }: { readonly action: Action }) {
  const t = useT();
  return (
    <div className="keys-line">
      <dt>{t(action.label, action.params)}</dt>
      <dd className="row-tight">
        {(action.keys ?? []).map((keys) => (
          <kbd key={keys}>{shown(keys, language())}</kbd>
        ))}
      </dd>
    </div>
  );
}

/** The question mark shows the keys of the place where one is, without leaving it. */
export function KeysDialog() {
  const t = useT();
  const open = useUi((ui) => ui.keys);
  if (!open) return null;
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && showKeys(false)}>
      <DialogSurface className="dialog dialog-wide">
        <DialogBody>
          <DialogTitle>{t('frame.keys.title')}</DialogTitle>
          <DialogContent>
            <p className="quiet">{t('frame.keys.text')}</p>
            <KeyList />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" autoFocus onClick={() => showKeys(false)}>
              {t('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

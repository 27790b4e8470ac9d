import { Button, Dialog, DialogSurface, makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { Checkmark12Filled, Dismiss20Regular } from '@fluentui/react-icons';
import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useT } from '../../t.ts';
import { confirm } from '../Dialogs.tsx';

export interface WizardStep {
  readonly key: string;
  readonly label: string;
  readonly content: ReactNode;
  /** Why one cannot go on from here yet; '' when one can. It is shown beside the buttons. */
  readonly waits: string;
  /** What the Next button says when it does more than go on. The last step always has one. */
  readonly next?: string;
}

export interface WizardProps {
  readonly title: string;
  readonly steps: readonly WizardStep[];
  readonly at: number;
  readonly onAt: (at: number) => void;
  /** The Next button of the last step. */
  readonly onFinish: () => void;
  readonly onClose: () => void;
  /** What would be lost by leaving now; '' when nothing would. */
  readonly guard: string;
  /** Something runs that must not be walked away from: the steps and Back wait. */
  readonly busy?: boolean;
  /** Out of sight, with all that was chosen kept: the window is locked. */
  readonly hidden?: boolean;
  /** Something was dropped anywhere on the wizard. */
  readonly onDrop?: (event: DragEvent) => void;
  /** When it is over: no way back, and only this button. */
  readonly over?: { readonly label: string };
}

/** Half a window, or one at 200 % zoom: the steps lie above the choice, and only the present one is named. */
const narrow = '@media (max-width: 860px)';

const useStyles = makeStyles({
  surface: { width: 'min(1120px, calc(100vw - 64px))', maxWidth: 'none', height: 'min(760px, calc(100vh - 64px))', maxHeight: 'none', padding: 0, overflow: 'hidden', [narrow]: { width: 'calc(100vw - 16px)', height: 'calc(100vh - 16px)' } },
  frame: { display: 'grid', height: '100%', gridTemplateColumns: '208px minmax(0, 1fr)', gridTemplateRows: 'minmax(0, 1fr) auto', [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: 'auto minmax(0, 1fr) auto' } },
  side: {
    gridRow: '1 / 3', backgroundColor: tokens.colorNeutralBackground3, borderRight: `1px solid ${tokens.colorNeutralStroke2}`, padding: '16px 8px', overflowY: 'auto',
    [narrow]: { gridRow: 'auto', padding: '6px 48px 6px 8px', borderRight: 'none', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  title: { margin: '0 8px 16px', fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere', [narrow]: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' } },
  steps: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', rowGap: '2px', [narrow]: { display: 'flex', columnGap: '2px' } },
  step: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px', width: '100%', padding: '4px 8px', border: 'none', borderRadius: tokens.borderRadiusMedium, background: 'none', color: tokens.colorNeutralForeground1, font: 'inherit', textAlign: 'start', cursor: 'pointer', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, ':disabled': { color: tokens.colorNeutralForeground3, cursor: 'default', backgroundColor: 'transparent' }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  now: { fontWeight: tokens.fontWeightSemibold, backgroundColor: tokens.colorNeutralBackground1, ':disabled': { color: tokens.colorNeutralForeground1, backgroundColor: tokens.colorNeutralBackground1 } },
  other: { [narrow]: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' } },
  mark: { flexShrink: 0, width: '20px', height: '20px', borderRadius: tokens.borderRadiusCircular, border: `1px solid ${tokens.colorNeutralStrokeAccessible}`, display: 'inline-grid', placeItems: 'center', fontSize: tokens.fontSizeBase200, lineHeight: '1', fontVariantNumeric: 'tabular-nums' },
  markNow: { backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand, border: `1px solid ${tokens.colorBrandBackground}` },
  main: { minHeight: 0, overflow: 'auto', padding: '16px 24px 16px', display: 'flex', flexDirection: 'column', [narrow]: { padding: '12px 16px' } },
  heading: { margin: '0 32px 12px 0', fontSize: tokens.fontSizeBase600, lineHeight: tokens.lineHeightBase600, fontWeight: tokens.fontWeightSemibold, outline: 'none' },
  close: { position: 'absolute', insetBlockStart: '12px', insetInlineEnd: '12px', [narrow]: { insetBlockStart: '6px' } },
  foot: { display: 'flex', alignItems: 'center', gap: '8px', padding: '12px 24px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, [narrow]: { padding: '8px 16px' } },
  why: { flexGrow: 1, minWidth: 0, color: tokens.colorNeutralForeground2 },
  // Cells of fixed width: whatever the buttons say, they stand where they stood.
  button: { width: '104px', flexShrink: 0, display: 'grid' },
  next: { width: '208px', flexShrink: 0, display: 'grid' },
});

/** Steps at the left, the choice at the right, Back and Next always in the same place; Alt+← and Alt+→ walk, Esc leaves. */
export function Wizard({ title, steps, at, onAt, onFinish, onClose, guard, busy = false, hidden = false, onDrop, over }: WizardProps) {
  const styles = useStyles();
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const main = useRef<HTMLElement>(null);
  const [reached, setReached] = useState(at);
  if (at > reached) setReached(at);
  const whyId = useId();
  const step = steps[at];
  const last = at === steps.length - 1;
  const waits = busy ? '' : (step?.waits ?? '');
  const mayGoOn = !busy && waits === '';

  // Whoever reads by ear hears the new step; where one field is the obvious first, it takes the focus instead.
  useEffect(() => {
    const first = main.current?.querySelector<HTMLElement>('[data-first]');
    (first ?? heading.current)?.focus();
  }, [at]);

  // What had the focus may be gone with what the step shows now; Esc and Alt+arrows must still be heard here.
  useEffect(() => {
    if (!hidden && document.activeElement === document.body) heading.current?.focus();
  });

  const close = async (): Promise<void> => {
    if (guard === '' || (await confirm({ title: t('transfer.wizard.leaveTitle'), text: guard, yes: t('transfer.wizard.leave'), no: t('transfer.wizard.stay') }))) onClose();
  };
  const next = (): void => {
    if (over) onClose();
    else if (mayGoOn) (last ? onFinish : () => onAt(at + 1))();
  };
  const previous = (): void => {
    if (!busy && !over && at > 0) onAt(at - 1);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const walk = event.altKey && !event.ctrlKey ? { ArrowRight: last ? undefined : next, ArrowLeft: previous }[event.key] : undefined;
    const finish = event.ctrlKey && event.key === 'Enter' ? next : undefined;
    if (!walk && !finish) return;
    event.preventDefault();
    event.stopPropagation();
    (walk ?? finish)?.();
  };
  /** A step behind is open again; one ahead only when everything before it is in order. */
  const open = (to: number): boolean => !busy && !over && (to < at || (to <= reached && steps.slice(at, to).every((one) => one.waits === '')));

  return (
    <Dialog open={!hidden} modalType="modal" onOpenChange={(_event, data) => !data.open && void close()}>
      <DialogSurface className={styles.surface} aria-label={title} onKeyDown={onKeyDown} onDragOver={onDrop && ((event) => event.preventDefault())} onDrop={onDrop}>
        <div className={styles.frame}>
          <nav className={styles.side} aria-label={t('transfer.wizard.steps')}>
            <h1 className={styles.title}>{title}</h1>
            <ol className={styles.steps}>
              {steps.map((one, to) => (
                <li key={one.key}>
                  <button type="button" className={mergeClasses(styles.step, to === at && styles.now)} disabled={to !== at && !open(to)} aria-current={to === at ? 'step' : undefined} onClick={() => to !== at && onAt(to)}>
                    <span className={mergeClasses(styles.mark, to === at && !over && styles.markNow)} aria-hidden>
                      {to < at || over ? <Checkmark12Filled /> : to + 1}
                    </span>
                    <span className={to === at ? undefined : styles.other}>{one.label}</span>
                  </button>
                </li>
              ))}
            </ol>
          </nav>
          {/* The content of a step may be longer than the window and hold nothing that takes the focus. */}
          <section className={styles.main} ref={main} aria-labelledby={`${whyId}h`} tabIndex={-1}>
            <h2 id={`${whyId}h`} className={styles.heading} ref={heading} tabIndex={-1}>
              {step?.label}
            </h2>
            {step?.content}
          </section>
          <Foot
            whyId={whyId}
            why={over ? '' : waits}
            next={over?.label ?? step?.next ?? t('common.next')}
            nextKeys={t(last ? 'transfer.wizard.finishKeys' : 'transfer.wizard.nextKeys')}
            mayGoOn={mayGoOn}
            mayGoBack={!busy && at > 0}
            over={over !== undefined}
            onNext={next}
            onBack={previous}
          />
        </div>
        <Button className={styles.close} appearance="subtle" icon={<Dismiss20Regular />} aria-label={t('common.close')} onClick={() => void close()} />
      </DialogSurface>
    </Dialog>
  );
}

interface FootProps {
  readonly whyId: string;
  readonly why: string;
  readonly next: string;
  readonly nextKeys: string;
  readonly mayGoOn: boolean;
  readonly mayGoBack: boolean;
  readonly over: boolean;
  readonly onNext: () => void;
  readonly onBack: () => void;
}

/** Why one cannot go on, Back, and Next, each in its place. */
function Foot({ whyId, why, next, nextKeys, mayGoOn, mayGoBack, over, onNext, onBack }: FootProps) {
  const styles = useStyles();
  const t = useT();
  return (
    <footer className={styles.foot}>
      <span className={styles.why} id={whyId} role="status">
        {why}
      </span>
      {!over && (
        <span className={styles.button}>
          <Tooltip relationship="description" content={t('transfer.wizard.backKeys')}>
            <Button disabled={!mayGoBack} onClick={onBack}>
              {t('common.back')}
            </Button>
          </Tooltip>
        </span>
      )}
      <span className={styles.next}>
        {over ? (
          <Button appearance="primary" onClick={onNext}>
            {next}
          </Button>
        ) : (
          <Tooltip relationship="description" content={nextKeys}>
            <Button appearance="primary" disabledFocusable={!mayGoOn} aria-describedby={whyId} onClick={onNext}>
              {next}
            </Button>
          </Tooltip>
        )}
      </span>
    </footer>
  );
}

/** The mark of Bureau: a desk with its drawer. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg className="mark" viewBox="0 0 20 20" width={size} height={size} aria-hidden focusable="false" style={{ width: size, height: size }}>
      <rect x="1" y="4" width="18" height="4" rx="1.5" fill="var(--colorBrandBackground)" />
      <rect x="2.5" y="8" width="3" height="9" rx="1" fill="var(--colorBrandForeground1)" opacity="0.75" />
      <rect x="10" y="8" width="7.5" height="9" rx="1" fill="var(--colorBrandForeground1)" opacity="0.75" />
      <rect x="12" y="10.5" width="3.5" height="1.5" rx="0.75" fill="var(--colorNeutralBackground1)" />
    </svg>
  );
}

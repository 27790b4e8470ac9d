import { type BrandVariants, createDarkTheme, createLightTheme, teamsHighContrastTheme, type Theme } from '@fluentui/react-components';

/** One accent, deep teal, from nearly black to nearly white. Everything coloured is taken from it. */
const teal: BrandVariants = {
  10: '#021112', 20: '#082022', 30: '#0a3032', 40: '#0b3e40', 50: '#0b4b4e', 60: '#0b585b', 70: '#0a6669', 80: '#0b7377',
  90: '#158286', 100: '#2f9195', 110: '#4aa0a3', 120: '#66afb1', 130: '#83bfc0', 140: '#a1cfd0', 150: '#c0dfdf', 160: '#e0efef',
};

/** What all themes share: 13/20 px text, nothing under 12 px, 4 px corners, motion of at most 120 ms. */
const shared = {
  fontFamilyBase: "'Segoe UI Variable Text', 'Segoe UI Variable', 'Segoe UI', 'Inter Variable', system-ui, sans-serif",
  fontFamilyNumeric: "'Segoe UI Variable Text', 'Segoe UI Variable', 'Segoe UI', 'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace",
  fontSizeBase100: '12px',
  lineHeightBase100: '16px',
  fontSizeBase200: '12px',
  lineHeightBase200: '16px',
  fontSizeBase300: '13px',
  lineHeightBase300: '20px',
  fontSizeBase400: '14px',
  lineHeightBase400: '20px',
  fontSizeBase500: '16px',
  lineHeightBase500: '24px',
  fontSizeBase600: '20px',
  lineHeightBase600: '28px',
  borderRadiusSmall: '2px',
  borderRadiusMedium: '4px',
  borderRadiusLarge: '4px',
  borderRadiusXLarge: '4px',
  durationUltraFast: '50ms',
  durationFaster: '80ms',
  durationFast: '100ms',
  durationNormal: '120ms',
  durationGentle: '120ms',
  durationSlow: '120ms',
  durationSlower: '120ms',
  durationUltraSlow: '120ms',
} as const;

/** Neutral greys, slightly warm. */
const light: Theme = {
  ...createLightTheme(teal),
  ...shared,
  colorNeutralBackground2: '#faf9f7',
  colorNeutralBackground2Hover: '#f3f1ee',
  colorNeutralBackground3: '#f5f3f0',
  colorNeutralBackground3Hover: '#ebe8e4',
  colorNeutralBackground4: '#f0eeea',
  colorNeutralStroke1: '#d3d0cb',
  colorNeutralStroke2: '#e3e0db',
  colorNeutralStroke3: '#eeebe7',
  colorNeutralStrokeAccessible: '#66625c',
  colorSubtleBackgroundHover: '#f3f1ee',
  colorSubtleBackgroundSelected: '#e8e5e0',
  colorNeutralForeground3: '#5a5650',
  colorNeutralForeground4: '#66625c',
};

const dark: Theme = {
  ...createDarkTheme(teal),
  ...shared,
  colorBrandForeground1: teal[120],
  colorBrandForeground2: teal[130],
  colorBrandForegroundLink: teal[130],
  colorBrandForegroundLinkHover: teal[140],
  colorCompoundBrandForeground1: teal[120],
  colorCompoundBrandStroke: teal[110],
  colorBrandStroke1: teal[110],
  colorNeutralBackground1: '#252321',
  colorNeutralBackground1Hover: '#302e2b',
  colorNeutralBackground2: '#1e1c1b',
  colorNeutralBackground3: '#191816',
  colorNeutralBackground4: '#141312',
  colorNeutralStroke1: '#55514c',
  colorNeutralStroke2: '#423f3b',
  colorNeutralStroke3: '#34312e',
  colorSubtleBackgroundHover: '#302e2b',
  colorSubtleBackgroundSelected: '#3a3733',
  colorStatusDangerForeground1: '#e9868f',
  colorNeutralForeground3: '#b3aea7',
  colorNeutralForeground4: '#a39e97',
};

/**
 * Teams turns hovered and selected surfaces bright with black text. Rows and lists of ours keep their text, so here such surfaces
 * are a step lighter than black, and what is selected shows by its outline and bar.
 */
const calm = (theme: Theme): Partial<Theme> =>
  Object.fromEntries(
    Object.keys(theme).flatMap((key) => {
      if (/^color(Neutral|Subtle|Transparent)Background(?!Inverted|Static|Disabled).*(Hover|Pressed|Selected)$/.test(key)) return [[key, '#2f2f2f']];
      if (/^colorNeutralForeground\d.*(Hover|Pressed|Selected)$/.test(key)) return [[key, /Brand/.test(key) ? '#1aebff' : '#ffffff']];
      return [];
    }),
  );

const contrast: Theme = { ...teamsHighContrastTheme, ...calm(teamsHighContrastTheme), ...shared };

export type ThemeName = 'light' | 'dark' | 'contrast';
export const themes: Readonly<Record<ThemeName, Theme>> = Object.freeze({ light, dark, contrast });

/** The theme that shows: what the user chose, or what Windows says. */
export function themeFor(choice: 'system' | ThemeName): ThemeName {
  if (choice !== 'system') return choice;
  if (window.matchMedia('(forced-colors: active)').matches) return 'contrast';
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

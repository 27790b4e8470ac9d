export { type Bar, BarChart } from './BarChart.tsx';
export { LineChart, type Series } from './LineChart.tsx';

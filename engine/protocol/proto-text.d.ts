/** The text of a protocol file, taken into the bundle. */
declare module '*.proto?raw' {
  const text: string;
  export default text;
}

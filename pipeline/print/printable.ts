/** Tabs and line ends become blanks, and nothing that a terminal would obey is passed on: texts of sources stand in messages. */
export const printable = (text: string): string =>
  text.replace(/[\t\r\n]/g, " ").replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

/** Whether a text holds a control character other than line feed and tab. */
export function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((one) => {
    const code = one.charCodeAt(0);
    return (code < 32 && code !== 9 && code !== 10) || (code >= 127 && code < 160);
  });
}

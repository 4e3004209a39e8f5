/** An element of the dialog's page with its content. */
export const element = <T extends keyof HTMLElementTagNameMap>(
  name: T,
  className: string,
  ...content: readonly (string | Node)[]
): HTMLElementTagNameMap[T] => {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.append(...content)
  return made
}

import { notifications } from '@mantine/notifications'
import { StateSign, type StateTone } from './state-mark'

/** Says something in the corner for six seconds. Only for what has no place of its own on the screen. */
export const toast = (words: { readonly tone: StateTone; readonly title: string; readonly text?: string }): void => {
  notifications.show({
    title: words.title,
    message: words.text ?? '',
    icon: <StateSign tone={words.tone} />,
    withBorder: false,
    autoClose: 6000,
  })
}

import { Combobox, createTheme, Menu, Modal, Notification, Popover, Select, Tooltip } from '@mantine/core'
import { words } from '../ui/words'
import look from './floating.module.css'

/** Under 150 ms, and by opacity only: what floats appears in its place and moves nothing. */
const appear = { transition: 'fade', duration: 100 } as const

/**
 * Mantine does what is hard (focus, position, keyboard of what floats); the look is ours.
 * `lockScroll` is off because only our own panes scroll, and because it would write a style sheet at run time.
 */
export const mantineTheme = createTheme({
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'default',
  components: {
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, radius: 'md', transitionProps: appear, overlayProps: {} },
      classNames: {
        content: look.panel ?? '',
        overlay: look.veil ?? '',
        header: look.header ?? '',
        title: look.title ?? '',
        body: look.body ?? '',
        close: look.close ?? '',
      },
    }),
    Menu: Menu.extend({
      defaultProps: {
        position: 'bottom-end',
        offset: 4,
        transitionProps: appear,
        shadow: 'none',
        withInitialFocusPlaceholder: false,
      },
      classNames: {
        dropdown: look.menu ?? '',
        item: look.item ?? '',
        divider: look.divider ?? '',
        label: look.label ?? '',
      },
    }),
    Popover: Popover.extend({
      defaultProps: { offset: 6, transitionProps: appear, shadow: 'none' },
      classNames: { dropdown: look.panel ?? '' },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        transitionProps: appear,
        offset: 6,
        events: { hover: true, focus: true, touch: false },
      },
      classNames: { tooltip: look.tooltip ?? '' },
    }),
    Combobox: Combobox.extend({ classNames: { dropdown: look.menu ?? '', option: look.option ?? '' } }),
    Select: Select.extend({
      defaultProps: { comboboxProps: { transitionProps: appear, shadow: 'none', offset: 4 }, allowDeselect: false },
      classNames: {
        label: look['label-field'] ?? '',
        input: look.input ?? '',
        dropdown: look.menu ?? '',
        option: look.option ?? '',
      },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': words.close } },
      classNames: {
        root: look.toast ?? '',
        title: look['toast-title'] ?? '',
        description: look['toast-text'] ?? '',
        icon: look['toast-icon'] ?? '',
      },
    }),
  },
})

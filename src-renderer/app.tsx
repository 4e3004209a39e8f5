import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { Palette } from './features/palette/palette'
import { useSettings } from './features/settings/use-settings'
import style from './frame/frame.module.css'
import { Header } from './frame/header'
import { Scroller } from './frame/scroller'
import { Sidebar } from './frame/sidebar'
import { home } from './last-path'
import { back, type Place, parsePlace, usePlaces } from './location'
import { type Match, matchRoute } from './route'
import { commands, features, routes } from './routes'
import { mantineTheme } from './theme/mantine-theme'
import { Dialog } from './ui/dialog'

/** The screen to show, and the panel above it. A place that no feature has shows home instead. */
const screensOf = (places: readonly Place[]): { readonly page: Match | null; readonly panel: Match | null } => {
  const matches = places.map((place) => matchRoute(routes, place)).filter((match) => match !== null)
  const last = matches.at(-1) ?? null
  const page = [...matches].reverse().find((match) => match.route.panel !== true)
  return {
    page: page ?? matchRoute(routes, parsePlace(home)),
    panel: last?.route.panel === true ? last : null,
  }
}

const titleOf = ({ route }: Match): string => {
  const last = route.crumbs.at(-1) ?? ''
  return typeof last === 'string' ? last : last.label
}

const Frame = () => {
  const { page, panel } = screensOf(usePlaces())
  if (page === null) return null
  return (
    <div className={style.frame}>
      <Sidebar path={page.place.path} />
      <div className={style.main}>
        <Header at={page} />
        <Scroller place={page.place}>
          <div className={style.bars}>
            {features.map(({ name, bar: Bar }) => Bar !== undefined && <Bar key={name} />)}
          </div>
          <page.route.page key={page.place.visit} params={page.params} />
        </Scroller>
      </div>
      <Dialog open={panel !== null} title={panel === null ? '' : titleOf(panel)} size={520} onClose={back}>
        {panel !== null && <panel.route.page params={panel.params} />}
      </Dialog>
    </div>
  )
}

/** The window. The setting decides between light and dark, else the system does. */
export const App = ({ nonce }: { readonly nonce: string }) => {
  const appearance = useSettings((state) => state.settings?.appearance ?? 'system')
  return (
    <MantineProvider
      theme={mantineTheme}
      defaultColorScheme="auto"
      colorSchemeManager={followSystem}
      {...(appearance === 'system' ? {} : { forceColorScheme: appearance })}
      getStyleNonce={() => nonce}
      // Variables and classes stand in our own style sheets: a style element filled at run time is not trusted here.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Notifications position="bottom-right" limit={3} containerWidth={380} />
      <Frame />
      <Palette commands={commands} />
    </MantineProvider>
  )
}

/** Nothing is kept here: the choice is a setting, and settings are main's. */
const followSystem = {
  get: () => 'auto' as const,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}

/** Where a hostile page tries to reach. */
export interface Target {
  /** An http address of the listener. */
  readonly http: string
  /** Names below this are looked up by nobody, unless a page makes Chromium do it. */
  readonly domain: string
}

/** Runs in the page: tries every way of a page to send a request, and gives the names of the ways that said they worked. */
export const sendRequests = async ({ http, domain }: Target): Promise<readonly string[]> => {
  const worked: string[] = []
  const tried: Promise<unknown>[] = []
  const attempt = (name: string, act: () => unknown) => {
    try {
      tried.push(
        Promise.resolve(act()).then(
          (value) => value !== undefined && worked.push(name),
          () => undefined,
        ),
      )
    } catch {
      // Refused at once.
    }
  }
  const at = (name: string) => `${http}/${name}`
  const host = (name: string) => `https://${name}.${domain}/`
  const put = (tag: string, attributes: Record<string, string>, where: Element = document.body) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) {
      try {
        element.setAttribute(name, value)
      } catch {
        // Trusted Types refuse some.
      }
    }
    where.append(element)
    return element
  }
  const relations =
    'prefetch preconnect dns-prefetch preload modulepreload stylesheet icon prerender manifest import next pingback search'
  for (const rel of relations.split(' ')) {
    put('link', { rel, href: at(`link-${rel}`), as: 'script' }, document.head)
    put('link', { rel, href: host(`link-${rel}`), as: 'image' }, document.head)
  }
  put('meta', { 'http-equiv': 'x-dns-prefetch-control', content: 'on' }, document.head)
  put('a', { href: host('anchor') })
  const rules = put('script', { type: 'speculationrules' }, document.head)
  attempt('speculation rules', () => {
    rules.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [at('rules'), host('rules')] }] })
  })
  const elements =
    'img:src img:srcset video:src video:poster audio:src source:src track:src embed:src object:data iframe:src frame:src script:src body:background portal:src fencedframe:src'
  for (const pair of elements.split(' ')) {
    const [tag = '', attribute = ''] = pair.split(':')
    put(tag, { [attribute]: at(pair.replace(':', '-')) })
  }
  put('input', { type: 'image', src: at('input') })
  put('img', { attributionsrc: at('attribution') })
  attempt('svg', () => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    for (const name of ['image', 'use', 'feImage']) {
      const part = document.createElementNS('http://www.w3.org/2000/svg', name)
      part.setAttribute('href', `${at(`svg-${name}`)}#a`)
      svg.append(part)
    }
    document.body.append(svg)
  })
  attempt('css', () => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      `@font-face { font-family: x; src: url(${at('font')}) } body { font-family: x; cursor: url(${at('cursor')}), auto; background-image: url(${at('css')}), image-set(url(${host('css')}) 1x) }`,
    )
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  })
  attempt('font face', () => new FontFace('y', `url(${at('face')})`).load())
  attempt('fetch', () => fetch(at('fetch'), { mode: 'no-cors' }))
  attempt('keepalive', () => fetch(host('keepalive'), { mode: 'no-cors', keepalive: true }))
  attempt('xhr', () => {
    const request = new XMLHttpRequest()
    request.open('GET', at('xhr'))
    request.send()
  })
  attempt('beacon', () => void navigator.sendBeacon(at('beacon'), 'x'))
  attempt('web socket', () => void new WebSocket(at('socket').replace('http', 'ws')))
  attempt('event source', () => void new EventSource(at('events')))
  attempt('web transport', () => {
    const { WebTransport } = globalThis as unknown as {
      WebTransport: new (url: string) => { readonly ready: Promise<unknown>; readonly closed: Promise<unknown> }
    }
    const transport = new WebTransport(at('transport').replace('http', 'https'))
    transport.closed.catch(() => undefined)
    return transport.ready.then(() => true)
  })
  attempt('import', () => import(/* @vite-ignore */ at('module')))
  const script = (name: string) => new Blob([`fetch(${JSON.stringify(at(name))})`], { type: 'text/javascript' })
  attempt('blob worker', () => new Worker(URL.createObjectURL(script('worker'))))
  attempt('data worker', () => new Worker(`data:text/javascript,fetch(${JSON.stringify(at('data-worker'))})`))
  attempt('shared worker', () => new SharedWorker(URL.createObjectURL(script('shared-worker'))))
  attempt('service worker', () => navigator.serviceWorker.register('/assets/worker.js'))
  attempt('audio worklet', () => new AudioContext().audioWorklet.addModule(at('worklet')).then(() => true))
  attempt('form', () => (put('form', { action: at('form'), method: 'post' }) as HTMLFormElement).submit())
  attempt('form in a new window', () =>
    (put('form', { action: at('form'), target: '_blank' }) as HTMLFormElement).submit(),
  )
  attempt('ping', () => put('a', { href: '#ping', ping: `${at('ping')} ${host('ping')}` }).click())
  for (const address of [at('download'), `data:text/plain,${domain}`, URL.createObjectURL(script('saved'))])
    attempt('download', () => put('a', { href: address, download: 'saved.txt' }).click())
  attempt('window', () => open(at('window')) ?? undefined)
  attempt('blank window', () => open('about:blank') ?? undefined)
  put(
    'meta',
    { 'http-equiv': 'content-security-policy', content: `img-src 'none'; report-uri ${at('report')}` },
    document.head,
  )
  put('meta', { 'http-equiv': 'refresh', content: `0;url=${at('refresh')}` }, document.head)
  await Promise.all(tried)
  return worked
}

/** Runs in the page: asks WebRTC of the page and of a frame for a way to each of the addresses; gives the candidates that it found. */
export const connectPeers = async (target: { readonly udp: number; readonly tcp: number; readonly domain: string }) => {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const worlds = [window, frame.contentWindow].map((world) => (world as typeof globalThis | null)?.RTCPeerConnection)
  const found: string[] = []
  const connect = async (Peer: typeof RTCPeerConnection) => {
    const login = { username: 'a', credential: 'b' }
    const peer = new Peer({
      iceServers: [
        { urls: `stun:127.0.0.1:${target.udp}` },
        { urls: `stun:stun.${target.domain}:3478` },
        { urls: `turn:127.0.0.1:${target.udp}?transport=udp`, ...login },
        { urls: `turn:127.0.0.1:${target.tcp}?transport=tcp`, ...login },
        { urls: `turns:127.0.0.1:${target.tcp}?transport=tcp`, ...login },
        { urls: `turn:turn.${target.domain}:3478?transport=tcp`, ...login },
      ],
    })
    peer.createDataChannel('x')
    const gathered = new Promise<void>((done) => {
      peer.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null) done()
        else if (candidate.candidate !== '') found.push(candidate.candidate)
      })
    })
    await peer.setLocalDescription(await peer.createOffer())
    // It answers itself, so that it also checks the candidates that the other side would name.
    const sdp = (peer.localDescription?.sdp ?? '').replaceAll('a=setup:actpass', 'a=setup:active')
    await peer.setRemoteDescription({ type: 'answer', sdp })
    for (const [protocol, port, address, type] of [
      ['udp', target.udp, '127.0.0.1', ''],
      ['tcp', target.tcp, '127.0.0.1', ' tcptype passive'],
      ['udp', 3478, `peer.${target.domain}`, ''],
    ] as const) {
      const candidate = `candidate:1 1 ${protocol} 2122260223 ${address} ${port} typ host${type}`
      await peer.addIceCandidate({ candidate, sdpMid: '0' }).catch(() => undefined)
    }
    await gathered
    peer.close()
  }
  for (const Peer of worlds) if (Peer !== undefined) await connect(Peer)
  frame.remove()
  return found
}

import { expect, it } from 'vitest'
import { commandPrograms } from './command-words'

it.each([
  ['npm ci --omit=dev && systemctl --user restart shop', ['npm', 'systemctl']],
  ['echo oops >&2', []],
  ['make 2>&1 | tee build.log', ['make', 'tee']],
  ['make &> log; make >& log2 && npm ci 2>/dev/null', ['make', 'npm']],
  ['exec 3<&0; cat <&3', ['cat']],
  ['>out bundle install', ['bundle']],
  ['npm ci & wait', ['npm']],
  ['echo "a && b; c | d"; echo \'x; y\'; echo a\\;b', []],
  ['echo "$(docker ps | wc -l)"\nnpm ci', []],
  ['# install && run\nnpm ci # then && go', ['npm']],
  ['echo a#b && npm ci', ['npm']],
  ['NODE_ENV=production FOO="a b" npm ci', ['npm']],
  ['sudo systemctl restart x && sudo -u web php artisan migrate', ['systemctl']],
  ['env -i node x.js; env A=1 node x.js', ['node']],
  ['command -v yarn >/dev/null || npm i -g yarn; yarn build', ['yarn']],
  ['if which pm2 >/dev/null; then pm2 reload all; else node app.js; fi; npm ci', ['npm']],
  ['for f in a b; do php "$f"; done\nwhile read x; do y; done <list; composer install', ['composer']],
  ['case $1 in a) foo ;; esac; bar', []],
  ['build() { gulp; }; build', []],
  ['function build { gulp; }; build', []],
  ['. ~/.nvm/nvm.sh && npm ci', []],
  ['export PATH="$HOME/bin:$PATH"; own-tool', []],
  ['PATH=/opt/bin:$PATH own-tool', []],
  ['A=$B npm ci', ['npm']],
  ['cat <<EOF\nrm -rf x && y\nEOF\nnpm ci', ['cat']],
  ['grep x <<<"a" && npm ci', ['grep', 'npm']],
  ['(cd web && npm ci) && { make; }', ['npm', 'make']],
  ['! grep -q x y', ['grep']],
  ['npm run build -- --env=a;b\\\nc', ['npm', 'bc']],
  ['"npm" ci; \'make\'', ['npm', 'make']],
  ['$TOOL x; "$TOOL" z; npm ci $TOOL', ['npm']],
  ['if a; then if b; then c; fi; d; fi; npm ci', ['npm']],
  ['./deploy.sh; ../x; /usr/bin/y', []],
  ['[ -f x ] && npm ci; test -d y && make', ['npm', 'make']],
  ['2to3 x', ['2to3']],
  ['echo "unfinished; rm', []],
  ['echo done; fi; npm ci', ['npm']],
  // A no-break space, as pages and some keyboards write it, is no blank for a shell.
  ['npm\u00a0ci; make', ['make']],
  ['\u00a0npm ci\f\v\n\u2003\nmake', ['make']],
  ['command -v docker || exit 0; docker compose up', []],
  ['if [ -f off ]; then exit; fi; make', []],
  ['cd web || exit 1; make', ['make']],
  ['files=(1 2 3); make', []],
  ['npm ci; ((tries++)); make', ['npm']],
  ['', []],
])('%j certainly starts %j', (command, programs) => {
  expect(commandPrograms(command)).toEqual(programs)
})

it('names at most 20, and takes no longer for a long command', () => {
  const command = Array.from({ length: 3000 }, (_, at) => `tool${at}`).join('; ')
  expect(commandPrograms(command)).toHaveLength(20)
})

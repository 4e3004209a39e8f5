import { Eye, EyeOff, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button'
import field from '../../ui/field.module.css'
import { IconButton } from '../../ui/icon-button'
import { formatBytes } from '../../ui/numbers'
import type { AppDraft, DraftVariable } from './app-draft'
import { bytesOf, isLongValue, readVariables } from './app-draft'
import style from './app-form.module.css'
import { words } from './form-words'

const problemWords = {
  missing: words.variableWrong,
  wrong: words.variableWrong,
  twice: words.variableTwice,
  large: words.variablesLarge,
}

const linesOf = (text: string): number => text.replace(/\n$/, '').split('\n').length

const nextRow = (variables: readonly DraftVariable[]): number =>
  variables.reduce((most, { row }) => Math.max(most, row), -1) + 1

const VariableRow = (props: {
  readonly variable: DraftVariable
  readonly onChange: (change: Partial<DraftVariable>) => void
  readonly onPaste: (text: string) => boolean
  readonly onRemove: () => void
}) => {
  const { variable } = props
  const [shown, setShown] = useState(false)
  return (
    <li className={style.variable}>
      <input
        className={`${field.input} ${style.mono}`}
        aria-label={words.variableName}
        placeholder="NAME"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        maxLength={200}
        value={variable.name}
        onChange={({ currentTarget }) => props.onChange({ name: currentTarget.value })}
        onPaste={(event) => {
          if (props.onPaste(event.clipboardData.getData('text'))) event.preventDefault()
        }}
      />
      <span className={field.box}>
        {isLongValue(variable.value ?? '') ? (
          shown ? (
            <textarea
              className={`${field.input} ${field.secret} ${style.longValue}`}
              aria-label={words.variableValue(variable.name)}
              rows={6}
              spellCheck={false}
              value={variable.value ?? ''}
              onChange={({ currentTarget }) => props.onChange({ value: currentTarget.value })}
            />
          ) : (
            <input
              className={`${field.input} ${field.secret}`}
              aria-label={words.variableValue(variable.name)}
              readOnly
              value={words.longValue(linesOf(variable.value ?? ''), formatBytes(bytesOf(variable.value ?? '')))}
            />
          )
        ) : (
          <input
            className={`${field.input} ${field.secret}`}
            type={shown ? 'text' : 'password'}
            aria-label={words.variableValue(variable.name)}
            placeholder={variable.value === null ? words.keptValue : ''}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            value={variable.value ?? ''}
            onChange={({ currentTarget }) => props.onChange({ value: currentTarget.value })}
            onPaste={(event) => {
              // The browser would take the ends of lines away.
              const pasted = event.clipboardData.getData('text').replace(/\r\n?/g, '\n')
              if (!isLongValue(pasted)) return
              event.preventDefault()
              props.onChange({ value: pasted })
            }}
          />
        )}
        {variable.value !== null && (
          <IconButton
            className={field.reveal}
            label={shown ? words.hide : words.show}
            aria-pressed={shown}
            icon={shown ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
            onClick={() => setShown(!shown)}
          />
        )}
      </span>
      <IconButton
        label={words.removeVariable(variable.name)}
        icon={<X size={14} aria-hidden />}
        onClick={props.onRemove}
      />
    </li>
  )
}

/** Variables for the command. Pasting the lines of an `.env` file into a name makes a row of each. */
export const VariablesField = (props: {
  readonly variables: AppDraft['variables']
  readonly problem: keyof typeof problemWords | undefined
  readonly onVariables: (variables: AppDraft['variables']) => void
}) => {
  const { variables, onVariables } = props
  const [touched, setTouched] = useState(false)
  const paste = (row: number, text: string): boolean => {
    const found = readVariables(text)
    if (found === null) return false
    const others = variables.filter((one) => one.row !== row && !found.some(({ name }) => name === one.name))
    const first = nextRow(variables)
    onVariables([...others, ...found.map((one, index) => ({ ...one, row: first + index }))])
    return true
  }
  return (
    <fieldset className={style.variables}>
      <legend className={field.label}>{words.variables}</legend>
      <p className={field.about}>{words.variablesAbout}</p>
      {variables.length > 0 && (
        <ul className={style.variableList} onBlur={() => setTouched(true)}>
          {variables.map((variable) => (
            <VariableRow
              key={variable.row}
              variable={variable}
              onChange={(change) =>
                onVariables(variables.map((one) => (one.row === variable.row ? { ...one, ...change } : one)))
              }
              onPaste={(text) => paste(variable.row, text)}
              onRemove={() => onVariables(variables.filter(({ row }) => row !== variable.row))}
            />
          ))}
        </ul>
      )}
      {touched && props.problem !== undefined && <p className={field.error}>{problemWords[props.problem]}</p>}
      <div>
        <Button
          small
          icon={<Plus size={14} aria-hidden />}
          onClick={() => onVariables([...variables, { row: nextRow(variables), name: '', value: '' }])}
        >
          {words.addVariable}
        </Button>
      </div>
    </fieldset>
  )
}

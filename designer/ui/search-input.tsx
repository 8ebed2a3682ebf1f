import { useEffect, useState } from 'react';
import { Input } from 'antd';
import { SearchOutlined } from '@ant-design/icons';

interface SearchInputProps {
  /** What is searched for now. */
  value: string;
  /** Called a quarter of a second after the last key. */
  onChange: (value: string) => void;
  label: string;
  hint: string;
  /** Widest it may become, in px. */
  width: number;
}

/** A search box that waits for a pause in typing before it asks. */
export function SearchInput({ value, onChange, label, hint, width }: SearchInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), 250);
    return () => clearTimeout(timer);
  });
  return <Input allowClear prefix={<SearchOutlined aria-hidden />} value={text} onChange={(event) => setText(event.target.value)} placeholder={hint} aria-label={label} style={{ width: '100%', maxWidth: width }} />;
}

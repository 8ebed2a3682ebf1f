import { Route, Routes } from 'react-router';
import { DesignHome } from './design-home.tsx';
import { Workspace } from './workspace.tsx';
import './design.css';

/** Routes below `/design`. */
export default function DesignPages() {
  return (
    <Routes>
      <Route index element={<DesignHome />} />
      <Route path=":processId" element={<Workspace />} />
      <Route path=":processId/:tab" element={<Workspace />} />
    </Routes>
  );
}

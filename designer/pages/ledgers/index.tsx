import { Navigate, Route, Routes } from 'react-router';
import { ComplaintsPage } from './complaints-page.tsx';

/** Routes below `/ledgers`. */
export default function LedgerPages() {
  return (
    <Routes>
      <Route index element={<Navigate to="complaints" replace />} />
      <Route path="complaints" element={<ComplaintsPage />} />
    </Routes>
  );
}

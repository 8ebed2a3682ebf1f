import { Navigate, Route, Routes } from 'react-router';
import { CalendarPage } from './calendar-page.tsx';
import './calendar.css';

/** Routes below `/admin`. */
export default function AdminPages() {
  return (
    <Routes>
      <Route index element={<Navigate to="calendar" replace />} />
      <Route path="calendar" element={<CalendarPage />} />
    </Routes>
  );
}

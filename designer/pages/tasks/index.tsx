import { Route, Routes } from 'react-router';
import { TasksPage } from './tasks-page.tsx';
import './tasks.css';

/** Routes below `/tasks`: the list, and the list with one task open. View, search, page and tab are in the address. */
export default function TaskPages() {
  return (
    <Routes>
      <Route index element={<TasksPage />} />
      <Route path=":taskKey" element={<TasksPage />} />
    </Routes>
  );
}

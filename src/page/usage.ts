import { decide } from '../consent/decide.ts';

void decide;
